# Made from spec/openapi.yaml by `python -m scripts generate`; changes here are lost.
from .create_phone_agent import CreatePhoneAgent as CreatePhoneAgent
from .error import Error as Error
from .phone_agent import PhoneAgent as PhoneAgent
from .update_phone_agent import UpdatePhoneAgent as UpdatePhoneAgent
